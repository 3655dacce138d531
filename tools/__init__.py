"""What developers and builders run; nothing here is part of the product."""
