"""What is decided: values and `now` in, values out. Standard library only."""
