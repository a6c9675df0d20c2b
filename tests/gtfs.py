"""Reads a GTFS-Realtime message from standard input as any program would: with the public definition (the package
gtfs-realtime-bindings) and protobuf's own reader. Writes it as JSON; fails on bytes the definition does not know, on a
missing required field, and when `--json FILE`, our own JSON form of the same message, does not say the same."""

import sys

from google.protobuf import json_format, unknown_fields
from google.transit import gtfs_realtime_pb2


def strangers(message, path="FeedMessage"):
    """Paths of fields that the public definition does not have."""
    yield from (f"{path}: field {field.field_number}" for field in unknown_fields.UnknownFieldSet(message))
    for field, value in message.ListFields():
        if field.message_type is not None:
            for one in value if hasattr(value, "append") or hasattr(value, "add") else [value]:
                yield from strangers(one, f"{path}.{field.name}")


def main():
    feed = gtfs_realtime_pb2.FeedMessage()
    feed.ParseFromString(sys.stdin.buffer.read())
    unknown = list(strangers(feed))
    if unknown:
        sys.exit(f"the public definition does not know {unknown}")
    if not feed.IsInitialized():
        sys.exit(f"required fields are missing: {feed.FindInitializationErrors()}")
    if sys.argv[1:2] == ["--json"]:
        with open(sys.argv[2], encoding="utf-8") as file:
            ours = json_format.Parse(file.read(), gtfs_realtime_pb2.FeedMessage())
        if ours != feed:
            sys.exit(f"the JSON form says something else:\n{ours}\nand the bytes say:\n{feed}")
    print(json_format.MessageToJson(feed, preserving_proto_field_name=True))


main()
