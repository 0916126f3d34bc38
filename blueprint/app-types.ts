import type * as pulumi from "@pulumi/pulumi";
import type { Construct } from "constructs";
import type { AppContext } from "./cloud-scope.js";

/** The class of an application: a construct that takes its own props and, among them, those of {@link AppContext} that it wants. */
export type AppClass<Props extends object, A extends Construct> = new (scope: Construct, id: string, props: Props) => A;

/** How an application is deployed. */
export interface DeployOptions {
  /**
   * The application's name, part of Pulumi names: another name is another application. Lower-case letters, digits and
   * hyphens.
   *
   * @default - the name of the class in kebab case: `VotingApp` is `voting-app`
   */
  readonly name?: string;
}

/** Props in which text may also be an Output: it reaches the application as a token. */
export type LateProps<Props> = {
  readonly [K in keyof Props]: string extends Props[K] ? Props[K] | pulumi.Output<string> : Props[K];
};

/** The props of an application that its user gives. */
export type OwnProps<Props> = LateProps<Omit<Props, keyof AppContext>>;

/** The arguments behind the class: props may be left out when all of them may. */
export type DeployArgs<Props> =
  AppContext extends Pick<Props, Extract<keyof Props, keyof AppContext>>
    ? Partial<OwnProps<Props>> extends OwnProps<Props>
      ? readonly [props?: OwnProps<Props>, options?: DeployOptions]
      : readonly [props: OwnProps<Props>, options?: DeployOptions]
    : never;
