const k8s = require("@pulumi/kubernetes");

// The older `yaml` package takes a file apart in the program, so every object is a resource of its own.
new k8s.yaml.ConfigFile("app", { file: "app.yaml" });
new k8s.core.v1.Service("named-by-pulumi", { spec: { ports: [{ port: 80 }] } });
