from verizon.configuration import Configuration, Environment

servers = Configuration.environments[Environment.PRODUCTION]
for server, url in servers.items():
    servers[server] = url.replace("https://thingspace.verizon.com", "http://127.0.0.1:4010")
