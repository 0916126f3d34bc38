/** The class of nodes that a pool starts: `HardenedNodeClass` of Karpenter, or `AutoModeNodeClass` of EKS. */
export interface NodeClassRef {
  readonly group: "karpenter.k8s.aws" | "eks.amazonaws.com";
  readonly kind: "EC2NodeClass" | "NodeClass";
  readonly name: string;
}
