"""The webhook as most would write it: FastAPI, uvicorn and SQLAlchemy, one transaction a request. Prints its port.

It does less than the bot: no order of statuses, no doubt, no polls. `python fastapi_sqlalchemy.py FILE SECRET ORDERS`
makes the database FILE with a follower for each of the orders named in the file ORDERS.
"""

import hmac
import socket
import sys
import time
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import ForeignKey, create_engine, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

HOST = "127.0.0.1"


class Base(DeclarativeBase):
    """The tables."""


class Order(Base):
    """An order and its status."""

    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    hostname: Mapped[str]
    status: Mapped[str]


class Follower(Base):
    """A chat that follows an order."""

    __tablename__ = "followers"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    chat_id: Mapped[int]


class Step(Base):
    """A line of an order's history."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    at: Mapped[float]
    old: Mapped[str]
    new: Mapped[str]


class Notice(Base):
    """A message that waits to be sent."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    chat_id: Mapped[int]
    status: Mapped[str]
    due_at: Mapped[float] = mapped_column(index=True)


class Webhook(BaseModel):
    """What Pick and Pack sends."""

    orderId: str  # noqa: N815 - Pick and Pack's names
    oldStatus: str  # noqa: N815
    newStatus: str  # noqa: N815
    hostname: str


def main(file: str, secret: str, orders: str) -> None:
    """Make the database, listen on a free port, print it, and serve until ended."""
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def durable(connection, _record) -> None:  # type: ignore[no-untyped-def] # of the peers' environment
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    Base.metadata.create_all(engine)
    numbers = Path(orders).read_text(encoding="utf-8").split()
    with Session(engine) as session:
        rows = [{"id": key, "number": one, "hostname": "store", "status": "PENDING"} for key, one in enumerate(numbers)]
        session.execute(insert(Order), rows)
        session.execute(insert(Follower), [{"order_id": row["id"], "chat_id": 10_000 + row["id"]} for row in rows])
        session.commit()
    app = FastAPI()

    @app.post("/webhooks/pickpack")
    def take(webhook: Webhook, x_webhook_secret: str = Header("")) -> dict[str, str]:
        if not hmac.compare_digest(x_webhook_secret, secret):
            raise HTTPException(401)
        with Session(engine) as session:
            order = session.scalar(select(Order).where(Order.number == webhook.orderId))
            if order is None:
                order = Order(number=webhook.orderId, hostname=webhook.hostname, status="")
                session.add(order)
                session.flush()
            if order.status == webhook.newStatus:
                return {"result": "repeat"}
            order.status, now = webhook.newStatus, time.time()
            session.add(Step(order_id=order.id, at=now, old=webhook.oldStatus, new=webhook.newStatus))
            for follower in session.scalars(select(Follower).where(Follower.order_id == order.id)):
                session.add(
                    Notice(order_id=order.id, chat_id=follower.chat_id, status=webhook.newStatus, due_at=now + 3)
                )
            session.commit()
        return {"result": "stored"}

    listening = socket.create_server((HOST, 0), backlog=2048)
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
