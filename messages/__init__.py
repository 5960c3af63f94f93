"""What is said: values in, texts and buttons out, in every language."""
