using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "consumer", worker = (
      modules = [(name = "worker", esModule = embed "worker.driver.bundle.js")],
      bindings = [(name = "INPUT", fromEnvironment = "CONSUMER_INPUT")],
      # No flag for Node's modules: what is published has to do without.
      compatibilityDate = "2026-01-01",
    )),
    # The mock listens on loopback, which is closed to workers by default.
    (name = "internet", network = (allow = ["private"])),
  ],
);
