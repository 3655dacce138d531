"""The claim frame in the inspector: who says it, through whom, with which words, about whom, where, when, and the verdict."""
