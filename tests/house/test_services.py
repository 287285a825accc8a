"""The servers that tests start are the real ones."""

from __future__ import annotations

import boto3
import redis
from sqlalchemy import text

from khabarayn.store.db import db


def test_the_application_speaks_to_a_real_postgresql(app_on_postgres):
    with app_on_postgres.app_context():
        assert db.engine.dialect.name == "postgresql"
        assert db.engine.dialect.driver == "psycopg"
        assert db.session.scalar(text("SELECT version()")).startswith("PostgreSQL")


def test_redis_answers(redis_server):
    with redis.Redis.from_url(redis_server) as client:
        assert client.ping()


def test_the_object_store_keeps_an_object(s3):
    bucket, _, prefix = s3.removeprefix("s3://").partition("/")
    client = boto3.client("s3")
    client.put_object(Bucket=bucket, Key=f"{prefix}/a", Body=b"b")
    assert client.get_object(Bucket=bucket, Key=f"{prefix}/a")["Body"].read() == b"b"
    client.close()
