import { loadPeers } from "../core/peers.js";

loadPeers("ringfence/constructs", () => {
  require("constructs");
  require("cdk8s");
});
