"""The register of actors and places in the window: linking annotations to it, looking through it, bringing more into it."""
