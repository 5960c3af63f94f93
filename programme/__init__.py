"""The programme as files: the groups and webinars of IMCB22, the world of the demo, reading and writing such files."""
