import { loadPeers } from "../core/peers.js";

loadPeers("ringfence/infra", () => {
  require("@pulumi/pulumi");
  require("@pulumi/aws/getRegion.js");
});
