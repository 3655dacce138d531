"""The map: places on an offline base map. Knows no session and no panel; plain values come in, signals go out."""
