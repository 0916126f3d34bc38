/**
 * The release of Bottlerocket from which Karpenter's nodes start when nobody says otherwise. An alias that ends in `@latest`
 * starts nodes from an image that nobody has tested.
 *
 * Read 2026-11-21 from what AWS publishes for Kubernetes 1.36 (`/aws/service/bottlerocket/aws-k8s-1.36/x86_64/1.63.0/image_id`);
 * newer ones are at https://github.com/bottlerocket-os/bottlerocket/releases.
 */
export const BOTTLEROCKET_VERSION = "1.63.0";
