"""What can be done: load, decide, save, inside the transaction of the caller."""
