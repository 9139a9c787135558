"""A case's graph on a SPARQL 1.1 server, over its protocols for queries, updates and graphs.

Every request is safe to repeat: the same quads inserted or deleted twice are inserted or
deleted once. So what fails on the way is tried again, and what fails for good is sent again
by the next build, before anything else (see ``pipeline``): nothing is applied twice or by half.

A server must keep the named graphs, which hold what is only said, apart from the default graph.
Some show all graphs together as their default graph. There the default graph has a name of its
own, and every query says that it means that one; a server where even so a statement can be seen
from outside of its graph is refused.
"""

from kg.remote.connection import Connection, Server
from kg.remote.graph import RemoteReader, RemoteWriter, connect
from kg.remote.outbox import send, write_down

__all__ = ["Connection", "RemoteReader", "RemoteWriter", "Server", "connect", "send", "write_down"]
