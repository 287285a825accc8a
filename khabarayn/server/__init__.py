"""Between the socket and the site: bodies gathered, work shared out, overload refused."""
