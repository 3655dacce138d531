; The Windows installer: for the current user, without administrator rights, Arabic and English. Called by installers.py,
; which defines VERSION, BUILT (folder), TARGET (file), KILOBYTES (size), ICON, and perhaps SIGN (a command). Silent: /S, folder: /D=C:\somewhere (last).
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Hashiya"
!define TYPE "Hashiya.Project"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

Name "Hashiya"
OutFile "${TARGET}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Hashiya"
InstallDirRegKey HKCU "Software\Hashiya" "Folder"
SetCompressor /SOLID lzma
ManifestDPIAware true
BrandingText "Hashiya ${VERSION}"
VIProductVersion "${VERSION}.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\hashiya.exe"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\Hashiya"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Arabic"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString Project ${LANG_ENGLISH} "Hashiya project"
LangString Project ${LANG_ARABIC} "مشروع حاشية"
LangString Shortcut ${LANG_ENGLISH} "Hashiya"
LangString Shortcut ${LANG_ARABIC} "حاشية"
LangString Running ${LANG_ENGLISH} "Hashiya is running. Close its window, then continue."
LangString Running ${LANG_ARABIC} "حاشية تعمل الآن. أغلق نافذتها ثم تابع."
LangString Kept ${LANG_ENGLISH} "Hashiya is removed. Your projects and settings were kept."
LangString Kept ${LANG_ARABIC} "أُزيلت حاشية. بقيت مشاريعك وإعداداتك."

VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "Hashiya"
VIAddVersionKey /LANG=${LANG_ENGLISH} "CompanyName" "Hashiya"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "Hashiya installer"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "Apache License 2.0"

Function .onInit
  SetRegView 64
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; Windows lets nobody write to a program that runs: the one sure sign. A silent installer gives up with code 2.
!macro WaitUntilClosed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\hashiya.exe"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\hashiya.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 2
      Quit
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" IDCANCEL`
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${Loop}
!macroend

; Only what the installer made goes: everything of the program lies in _internal or has a name known here.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\hashiya.exe"
  Delete "$INSTDIR\hashiya.com"
  Delete "$INSTDIR\uninstall.exe"
!macroend

Section
  !insertmacro WaitUntilClosed
  !insertmacro RemoveProgram
  ClearErrors
  SetOutPath "$INSTDIR"
  File /r "${BUILT}\*.*"
  ${If} ${Errors}
    SetErrorLevel 3
    Abort
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; The shortcut's name follows the language; one of another language from before goes.
  Delete "$SMPROGRAMS\Hashiya.lnk"
  Delete "$SMPROGRAMS\حاشية.lnk"
  SetOutPath "$PROFILE"
  CreateShortcut "$SMPROGRAMS\$(Shortcut).lnk" "$INSTDIR\hashiya.exe"
  SetOutPath "$INSTDIR"

  WriteRegStr HKCU "Software\Hashiya" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.hashiya" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.hashiya" "Content Type" "application/x-hashiya"
  WriteRegStr HKCU "Software\Classes\.hashiya\OpenWithProgids" "${TYPE}" ""
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(Project)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\hashiya.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\hashiya.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Hashiya"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\hashiya.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Hashiya"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  !insertmacro WaitUntilClosed
  !insertmacro RemoveProgram
  RMDir "$INSTDIR" ; only when nothing else is in it: a project that somebody kept here stays
  Delete "$SMPROGRAMS\Hashiya.lnk"
  Delete "$SMPROGRAMS\حاشية.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Hashiya"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegValue HKCU "Software\Classes\.hashiya\OpenWithProgids" "${TYPE}"
  ReadRegStr $0 HKCU "Software\Classes\.hashiya" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "Software\Classes\.hashiya"
  ${EndIf}
  ${RefreshShellIcons}
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONINFORMATION "$(Kept)"
  ${EndIf}
SectionEnd
