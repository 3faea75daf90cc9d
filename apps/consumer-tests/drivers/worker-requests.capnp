using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker", esModule = embed "worker-requests.driver.bundle.js")],
      bindings = [
        (name = "INPUT", fromEnvironment = "CONSUMER_INPUT"),
        # Each of its requests is one of its own, in the same isolate.
        (name = "WORKER", service = "worker"),
      ],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = ["private"])),
  ],
);
