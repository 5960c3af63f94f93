"""The programme of IMCB22 as data, and the invented people of the demo."""
