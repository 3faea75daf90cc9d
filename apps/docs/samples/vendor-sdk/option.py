from verizon.client import VerizonClient

mock = "http://127.0.0.1:4010"
client = VerizonClient(
    server_config={
        "o_auth_server": {"production": {"base_url": f"{mock}/api/ts/v1"}},
        "thingspace": {"production": {"base_url": f"{mock}/api"}},
        "software_management_v1": {"production": {"base_url": f"{mock}/api/fota/v1"}},
        "software_management_v2": {"production": {"base_url": f"{mock}/api/fota/v2"}},
    },
    thingspace_oauth={"client_id": "any", "client_secret": "any"},
    vz_m2_m_token="any",
    session_token="any",
)
