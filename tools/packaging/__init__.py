"""How the product becomes something that people can install. `build.spec` and `tools/setup.py` call it."""
