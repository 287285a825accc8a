"""The server between socket and site: it gathers request bodies, hands requests to threads, and
refuses overload."""
