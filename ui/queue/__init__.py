"""The parts of the queue: what it reads, sifts and orders, how its rows look, and what can be done with them."""
