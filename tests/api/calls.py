"""Calls as the resources make them."""

from phdesk.api.call import Call

PATH = "/api/projects/1/dashboards/"


async def read(client):
    return await client.get(PATH)


async def ask(client, path="query/", **kwargs):
    return await client.in_project(1, Call(method="POST", path=path, body=b"{}", **kwargs))
