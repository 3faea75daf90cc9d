import json
import urllib.request

TOKENS = {"Authorization": "Bearer any", "VZ-M2M-Token": "any", "Content-Type": "application/json"}


def test_registers(mock):
    body = json.dumps({"url": "https://example.com/fota"}).encode()
    url = f"{mock}/api/fota/v2/callbacks/0242078689-00001"
    with urllib.request.urlopen(urllib.request.Request(url, body, TOKENS)) as response:
        assert response.status == 200
