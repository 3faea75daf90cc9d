def read_devices(message):
    """Returns the devices that a message of any generation reports on."""
    # In V1, the list is in the member that has the name of the type; in V2 and V3, it is at the top.
    places = [message, message.get("upgradeProgress"), message.get("upgradeFinished")]
    lists = [place.get("deviceList") for place in places if isinstance(place, dict)]
    devices = [device for devices in lists if isinstance(devices, list) for device in devices]
    return [device for device in devices if isinstance(device, dict) and "deviceId" in device]
