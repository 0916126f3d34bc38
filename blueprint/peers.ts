import { loadPeers } from "../core/peers.js";

loadPeers("ringfence", () => {
  require("@pulumi/pulumi");
  require("@pulumi/aws/getRegion.js");
  require("@pulumi/kubernetes/provider.js");
  require("constructs");
  require("cdk8s");
});
