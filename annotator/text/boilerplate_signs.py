"""The words by which pages give themselves away, in Arabic and English: a table that `boilerplate` reads.

Patterns stand in ordinary spelling and are folded once, so each finds every spelling that folds alike. A pattern is matched
from the beginning of a line; bullets before it and signs at its end do not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from annotator.model import BoilerplateKind
from annotator.text.fold import fold

Role = Literal["line", "head", "part"]
"""A line belongs to the page by itself; a head too, and what follows may belong to it; a part only beside its like."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a line is a sign of."""

    kind: BoilerplateKind
    role: Role


_BEGINNINGS: tuple[tuple[Sign, tuple[str, ...]], ...] = (
    (
        Sign("comments", "line"),
        (
            r"لن يتم نشر (?:عنوان )?(?:ال)?بريد",
            r"الحقول (?:الإلزامية|المطلوبة) (?:مشار|معلمة|مشارة)",
            r"احفظ اسمي",
            r"يجب (?:أن تكون|عليك) (?:مسجلا|تسجيل|مسجل) .{0,12}تعليق",
            "your e-?mail address will not be",
            "required fields are marked",
            "save my name",
            "you must be logged in to (?:post|comment)",
            "notify me of",
            "this site uses akismet",
        ),
    ),
    (
        Sign("share", "line"),
        (
            "شارك (?:على|عبر) (?:فيسبوك|تويتر|واتساب|موقع)",
            "شارك هذ[اه] (?:المقال|الخبر|المادة|الصفحة|الموضوع|القصة)",
            "تابعو?نا (?:على|عبر)",
            "انضم إلى قنات",
            "(?:انقر|اضغط) (?:ل|من أجل )(?:ل?مشاركة|تشارك)",
            r"share (?:on|via|this)\b",
            "click to share",
            "follow us (?:on|at)",
        ),
    ),
    (
        Sign("related", "line"),
        (
            r"اقر[او]+ (?:أيضا|كذلك)\b",
            "اقر[او]+ المزيد ?[:|]",
            "(?:شاهد|طالع) أيضا ?[:|]",
            "لمزيد من (?:التفاصيل|المعلومات)،? (?:اضغط|انقر)",
            "read (?:also|more|next) ?[:|]",
            "also read ?[:|]",
            "related ?: ",
        ),
    ),
    (
        Sign("navigation", "line"),
        (
            r"(?:الصفحة )?الرئيسية ?[>»›|/\\]",
            r"home ?[>»›|/\\]",
            "(?:تجاوز|انتقل|التخطي|تخطى) إلى المحتوى",
            "skip to (?:main |the )?content",
            "الوسوم ?[:|]",
            "(?:ال)?كلمات (?:ال)?(?:مفتاحية|دلالية) ?[:|]",
            "tags? ?[:|]",
        ),
    ),
    (
        Sign("other", "line"),
        (
            "اشترك (?:الآن )?(?:في|ب) ?(?:ال)?(?:نشر|قائم)",
            "subscribe to (?:our|the) ",
            "sign up (?:for|to) (?:our|the) ",
            "(?:جميع|كل|كافة) الحقوق محفوظة",
            r"حقوق النشر ?(?:©|محفوظة)",
            r"© ?\d{4}",
            r"copyright (?:©|\(c\)|\d{4})",
            "all rights reserved",
        ),
    ),
)
_WHOLE_LINES: tuple[tuple[Sign, tuple[str, ...]], ...] = (
    (
        Sign("comments", "head"),
        (
            "(?:اترك|أترك|اكتب|أضف|علق|إضافة|كتابة) (?:تعليقا|تعليقك|تعليق|ردا|رد)(?: جديدا?| هنا| لك)?(?: إلغاء الرد)?",
            "شاركنا? (?:ب?رأيك|تعليقك)",
            "إلغاء الرد",
            "leave (?:a|your) (?:reply|comment)(?: cancel reply)?",
            "(?:add|post|write) a comment",
            "join the (?:conversation|discussion)",
        ),
    ),
    (
        Sign("comments", "line"),
        (
            "(?:إرسال|نشر|أرسل) التعليق",
            "لا (?:توجد |يوجد )?تعليقات",
            r"\d+ (?:تعليقات|تعليقا?)",
            "(?:post|submit) comment",
            r"(?:\d+|no) comments?(?: yet)?",
        ),
    ),
    (
        Sign("comments", "part"),
        (
            "الاسم",
            "البريد الإلكتروني",
            "الموقع(?: الإلكتروني)?",
            "(?:ال)?تعليق(?:ات)?(?: القراء)?",
            "name",
            "e-?mail",
            "website",
            "(?:your )?comments?",
        ),
    ),
    (
        Sign("share", "head"),
        (
            "شارك(?:ه|ها)?(?: (?:المقال|الخبر|المادة|الموضوع|القصة|الصفحة|عبر|مع أصدقائك))?",
            "مشاركة(?: (?:المقال|الخبر|عبر|الصفحة))?",
            "share(?: this)?(?: (?:article|story|post|page|via))?",
        ),
    ),
    (
        Sign("share", "part"),
        (
            "(?:على )?(?:فيس ?بوك|تويتر|واتس ?[اآ]ب|ت[يل]+[غج]رام|لينكد ?[إا]ن|بينت?[ي]?ر?ي?ست|ماسنجر|فايبر)",
            "[إا]نست[غجق]رام|يوتيوب|تيك توك|طباعة|(?:نسخ|انسخ) الرابط|[إا]يميل|غرد",
            "facebook|twitter|x|whats ?app|telegram|linkedin|pinterest|messenger|viber|instagram|youtube|tiktok|reddit|tumblr",
            "e-?mail|print|copy link|tweet",
        ),
    ),
    (
        Sign("related", "head"),
        (
            "(?:مواضيع|موضوعات|مقالات|أخبار|تقارير|قصص|مواد) (?:ذات صلة|مشابهة|متعلقة|مرتبطة|قد تهمك|قد تعجبك)",
            "ذات صلة",
            "(?:قد|ربما) (?:يهمك|يعجبك|تهمك|تعجبك)(?: أيضا)?",
            "الأكثر (?:قراءة|مشاهدة|تداولا|شعبية)",
            "(?:آخر|أحدث|المزيد من) الأخبار",
            "(?:شاهد|طالع) أيضا",
            "اقر[او]+ (?:أيضا|المزيد|كذلك)",
            "read (?:also|more|next)",
            "also read",
            "related(?: (?:articles?|stories|news|posts?|topics?|content))?",
            "more (?:news|stories|on this story)",
            "most (?:read|popular|viewed)",
            "recommended(?: for you)?",
            "you (?:may|might) also like",
            "trending(?: now)?",
            "latest news",
        ),
    ),
    (Sign("navigation", "line"), ("(?:تحميل|عرض) المزيد", "(?:load|show) more")),
    (
        Sign("navigation", "part"),
        (
            "(?:الصفحة )?الرئيسية",
            "من نحن|عن الموقع|هيئة التحرير|(?:اتصل بنا|تواصل معنا|أعلن معنا)|تسجيل الدخول|(?:ال)?بحث|القائمة|خريطة الموقع",
            "سياسة الخصوصية|شروط الاستخدام",
            "home|(?:about|contact)(?: us)?|privacy policy|terms(?: of (?:use|service))?|advertise(?: with us)?",
            "log ?in|sign in|search|menu|site ?map",
        ),
    ),
    (
        Sign("cookies", "part"),
        (
            "موافق|أوافق|قبول(?: الكل)?|رفض(?: الكل)?|معرفة المزيد|(?:إعدادات|سياسة) ملفات تعريف الارتباط",
            "(?:accept|reject)(?: all)?(?: cookies)?|decline|got it|ok|cookie settings|learn more",
            "manage (?:preferences|options|cookies)",
        ),
    ),
    (Sign("other", "line"), ("إعلانا?ت?|advertisement|sponsored(?: content)?",)),
)
_COOKIES = re.compile(fold(r"ملفات تعريف الارتباط|كوكيز|\bcookies\b"))
_CONSENT = re.compile(
    fold(
        r"\bنستخدم\b|يستخدم هذا الموقع|هذا الموقع يستخدم|يستخدم موقعنا|موقعنا يستخدم|باستخدامك|بمتابعتك|باستمرارك"
        r"|\bwe(?: and our partners)? use\b|this (?:web)?site uses|by (?:continuing|using|clicking)"
    )
)
_DISCLAIMER = re.compile(fold(r"(?:الآراء|التعليقات|جميع التعليقات)\b.{0,60}لا تعبر .{0,12}عن رأي"))
_POLICY = (
    re.compile(fold("التعليقات")),
    re.compile(fold("سياسة الخصوصية|شروط (?:ال)?استخدام")),
    re.compile(fold("ننصحك|مشاركاتك|تعليقك|اسمك")),
)


def _pattern(table: tuple[tuple[Sign, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """Return one pattern for a table; the number of the group that matched, less one, is that of the row."""
    return re.compile("|".join(f"({fold('|'.join(alternatives))})" for _, alternatives in table))


_BEGINS, _IS = _pattern(_BEGINNINGS), _pattern(_WHOLE_LINES)


def sign_of(folded: str, *, whole: bool = True) -> Sign | None:
    """Return what a folded line is a sign of, without bullets at its beginning; `whole` says that it is not cut off."""
    found = _IS.fullmatch(folded.rstrip(" *:.…>»←(|-؟!")) if whole else None
    if found:
        return _WHOLE_LINES[(found.lastindex or 1) - 1][0]
    begins = _BEGINS.match(folded)
    return _BEGINNINGS[(begins.lastindex or 1) - 1][0] if begins else None


def is_network(folded: str) -> bool:
    """Tell whether a folded word names a place where things are shared."""
    sign = sign_of(folded)
    return sign is not None and sign.kind == "share"


def asks_for_cookies(folded: str) -> bool:
    """Tell whether a folded line is a notice about cookies that speaks for the site itself, as no news does."""
    return bool(_COOKIES.search(folded) and _CONSENT.search(folded))


def tells_comment_policy(folded: str) -> bool:
    """Tell whether a folded line is what sites write above the comments of their readers."""
    return bool(_DISCLAIMER.match(folded)) or all(pattern.search(folded) for pattern in _POLICY)
