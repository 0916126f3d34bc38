import { UserError } from "../../core/issue.js";
import type { NotEvaluated, Plan, PlannedOptions, PlannedResource } from "../model/resource.js";
import type { Urn } from "../model/values.js";
import { SymbolTable } from "./fragments.js";
import { answerInvoke, isAwsFunction } from "./invokes.js";
import { Lookups } from "./lookups.js";
import { Reviver } from "./revive.js";
import type { Answer } from "./shapes/aws.js";
import { answerAws } from "./shapes/aws.js";
import { answerKubernetes } from "./shapes/kubernetes.js";
import type { Place } from "./shapes/place.js";
import { placeOf } from "./shapes/place.js";
import type { Alias } from "./urn.js";
import { aliasUrns, makeUrn, STACK_TYPE, typeOf } from "./urn.js";
import type { WireObject } from "./wire.js";
import { isWireObject, secret, SIGNATURE, UNKNOWN_VALUE, unwrapSecret } from "./wire.js";

/** A request to register a resource, freed of its protocol. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly remote: boolean;
  readonly parent: Urn | undefined;
  readonly inputs: WireObject;
  readonly dependencies: readonly Urn[];
  readonly propertyDependencies: Readonly<Record<string, readonly Urn[]>>;
  /** `<urn>::<id>` of the explicit provider. */
  readonly provider: string | undefined;
  readonly aliases: readonly Alias[];
  readonly options: PlannedOptions;
  /** Set for `X.get(name, id)`: the resource exists already, and is read. */
  readonly readId?: string;
}

/** What goes back to the program. */
export interface Registered {
  readonly urn: Urn;
  /** Empty while unknown. */
  readonly id: string;
  readonly object: WireObject;
}

/** Who runs what and where. */
export interface DeploymentSettings {
  readonly project: string;
  readonly stack: string;
  readonly account: string;
  /** From the flag or the configuration; asked for only when the program uses AWS. */
  readonly region: string | undefined;
}

/**
 * One run of a program, as the engine sees it: takes registrations and functions, answers with symbolic values, and
 * gives the plan at the end. It knows nothing of the protocol.
 */
export class Deployment {
  readonly symbols = new SymbolTable();
  readonly #registrations = new Map<Urn, Registration>();
  readonly #answers = new Map<Urn, Answer>();
  readonly #aliases = new Map<Urn, readonly Urn[]>();
  readonly #componentOutputs = new Map<Urn, WireObject>();
  readonly #insideApply = new Set<string>();
  readonly #notEvaluated: NotEvaluated[] = [];
  readonly #lookups = new Lookups();
  readonly #warnings = new Set<string>();
  readonly #unanswered = new Set<string>();

  constructor(readonly settings: DeploymentSettings) {}

  /** How many resources the program has registered, the stack not counted. */
  get size(): number {
    return this.#registrations.size;
  }

  /** The last resource that the program registered, for messages about a program that hangs. */
  get last(): Urn | undefined {
    return [...this.#registrations.keys()].at(-1);
  }

  /** Functions that nobody could answer so far: the likely cause when a program then fails on `undefined`. */
  get unanswered(): readonly string[] {
    return [...this.#unanswered];
  }

  /** Whether the program's exports have arrived, which is the last thing a whole run does. */
  get hasStackOutputs(): boolean {
    return [...this.#componentOutputs.keys()].some((urn) => typeOf(urn) === STACK_TYPE);
  }

  /**
   * Registers a resource.
   *
   * @throws UserError for a second resource of the same URN and for a parent that nobody registered, as the real engine.
   */
  register(given: Registration): Registered {
    const registration = this.#inherit(given);
    const { type, name, parent, inputs, readId } = registration;
    const urn = makeUrn(this.settings.stack, this.settings.project, parent, type, name);
    if (parent !== undefined && !this.#registrations.has(parent))
      throw new UserError(`could not find parent resource ${parent}`);
    if (this.#registrations.has(urn))
      throw new UserError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    this.#registrations.set(urn, registration);
    this.#aliases.set(urn, this.#aliasesOf(registration));
    const answered = registration.custom ? this.#answer(urn, registration) : { id: undefined, added: {} };
    const answer = readId === undefined ? answered : { ...answered, id: readId };
    this.#answers.set(urn, answer);
    if (registration.remote)
      this.#notEvaluated.push({
        urn,
        type,
        name,
        reason: "a component of another language or package, whose provider a preview does not run",
      });
    const object = registration.custom ? { ...inputs, ...answer.added } : inputs;
    return {
      urn,
      id: answer.id ?? "",
      object: markSecrets(object, registration.options.additionalSecretOutputs ?? []),
    };
  }

  /** The answer to a registration that was refused: the URN it would have had, and nothing known. */
  refused({ type, name, parent }: Registration): Registered {
    return { urn: makeUrn(this.settings.stack, this.settings.project, parent, type, name), id: "", object: {} };
  }

  /** Takes what a component, or the stack, says its outputs are. */
  registerOutputs(urn: Urn, outputs: WireObject): void {
    this.#componentOutputs.set(urn, outputs);
  }

  /** Answers a function of a provider; one that nobody can answer is unknown, with a warning that names it. */
  invoke(token: string, args: WireObject, provider: string | undefined): WireObject {
    this.#lookups.note(token, args);
    const place = isAwsFunction(token) ? this.#place(token, args, provider) : undefined;
    const { result, answered } = answerInvoke(token, args, place);
    if (!answered && !this.#unanswered.has(token)) {
      this.#unanswered.add(token);
      this.warn(`the function '${token}' needs the real provider: what it returns is unknown here`);
    }
    return result;
  }

  /** A method of a remote resource: nobody can answer it, and the report says so. */
  call(token: string): WireObject {
    this.#notEvaluated.push({
      type: token,
      name: token,
      reason: "a method of a resource, which only its provider can answer",
    });
    return { result: UNKNOWN_VALUE };
  }

  /** Notes a sentence for the reader of the report, once. */
  warn(message: string): void {
    this.#warnings.add(message);
  }

  /** Marks a resource as registered while an `apply` ran on symbolic values. */
  markInsideApply(urn: string): void {
    this.#insideApply.add(urn);
  }

  /** The plan, in order of registration. The stack itself is no resource of it; its outputs are the exports. */
  plan(): Plan {
    const reviver = new Reviver(this.symbols);
    const resources: PlannedResource[] = [];
    let stackOutputs: Plan["stackOutputs"] = {};
    for (const [urn, registration] of this.#registrations) {
      const registered = this.#componentOutputs.get(urn);
      if (registration.type === STACK_TYPE) {
        stackOutputs = reviver.object(registered ?? {}, {});
        continue;
      }
      resources.push(this.#planned(urn, registration, registered, reviver));
    }
    return {
      project: this.settings.project,
      stack: this.settings.stack,
      resources,
      ...this.#lookups.plan(this.settings, reviver),
      stackOutputs,
      notEvaluated: this.#notEvaluated,
      warnings: [...this.#warnings],
    };
  }

  #planned(urn: Urn, r: Registration, registered: WireObject | undefined, reviver: Reviver): PlannedResource {
    const { __provider: _code, ...inputs } = r.inputs;
    const outputs = r.custom ? literals(this.#answers.get(urn), this.symbols) : (registered ?? {});
    const parent = r.parent !== undefined && typeOf(r.parent) !== STACK_TYPE ? r.parent : undefined;
    return {
      urn,
      type: r.type,
      name: r.name,
      custom: r.custom,
      // What the provider calls secret is secret, also where the program gave it as plain text.
      inputs: reviver.object(markSecrets(inputs, r.options.additionalSecretOutputs ?? []), r.propertyDependencies),
      outputs: reviver.object(outputs, {}),
      ...(parent === undefined ? {} : { parent }),
      dependencies: r.dependencies,
      propertyDependencies: Object.fromEntries(
        Object.entries(r.propertyDependencies).filter(([, urns]) => urns.length > 0),
      ),
      ...(r.provider === undefined ? {} : { provider: providerUrn(r.provider) }),
      aliases: this.#aliases.get(urn) ?? [],
      options: r.options,
      ...(r.readId === undefined ? {} : { operation: "read" as const }),
      ...(this.#insideApply.has(urn) ? { insideApply: true } : {}),
    };
  }

  #answer(urn: Urn, { type, name, inputs, provider, readId }: Registration): Answer {
    if (type === "pulumi:pulumi:StackReference") {
      this.warn(`the outputs of the stack '${readId ?? name}' are unknown here: another program makes them`);
      return { id: readId, added: { outputs: UNKNOWN_VALUE, secretOutputNames: UNKNOWN_VALUE } };
    }
    if (type.startsWith("aws:"))
      return answerAws(urn, type, name, inputs, this.#place(type, inputs, provider), this.symbols);
    if (/^kubernetes:.+\/v\d[^:]*:/.test(type)) return answerKubernetes(urn, name, inputs, this.symbols);
    return { id: undefined, added: {} };
  }

  /** The Region of a resource: its own, its provider's, or the one of the run. */
  #place(what: string, inputs: WireObject, provider: string | undefined): Place {
    const ofProvider =
      provider === undefined ? undefined : this.#registrations.get(providerUrn(provider))?.inputs["region"];
    const candidates = [inputs["region"], ofProvider].map(unwrapSecret);
    const stated = candidates.find((region) => typeof region === "string" && region !== UNKNOWN_VALUE);
    const region = typeof stated === "string" ? stated : this.settings.region;
    if (region === undefined)
      throw new UserError(
        `no AWS Region is set, and '${what}' needs one. Pass --region eu-west-1, or put aws:region into the stack's configuration`,
      );
    return placeOf(this.settings.account, region);
  }

  /** What the real engine hands down from a parent (`inheritFromParent` in its resource monitor). */
  #inherit(r: Registration): Registration {
    const parent = r.parent === undefined ? undefined : this.#registrations.get(r.parent);
    if (parent === undefined) return r;
    const { protect, retainOnDelete, deletedWith } = { ...parent.options, ...r.options };
    const inherited = {
      ...(protect === undefined ? {} : { protect }),
      ...(retainOnDelete === undefined ? {} : { retainOnDelete }),
      ...(deletedWith === undefined ? {} : { deletedWith }),
    };
    const packageOf = (provider: string): string => typeOf(providerUrn(provider)).split(":").at(-1) ?? "";
    const fits = parent.provider !== undefined && r.custom && packageOf(parent.provider) === r.type.split(":")[0];
    const provider = r.provider ?? (fits ? parent.provider : undefined);
    return { ...r, provider, options: { ...r.options, ...inherited } };
  }

  #aliasesOf(r: Registration): readonly Urn[] {
    const { stack, project } = this.settings;
    const parentAlias = r.parent === undefined ? undefined : this.#aliases.get(r.parent)?.[0];
    return aliasUrns({ stack, project, type: r.type, name: r.name, parent: r.parent }, r.aliases, parentAlias);
  }
}

/** The URN in `<urn>::<id>`; the id has no `::`, the URN's name may. */
function providerUrn(reference: string): Urn {
  return reference.slice(0, reference.lastIndexOf("::")) as Urn;
}

/** The outputs whose values are plainly known: an explicit id, the account, the Region. A reference to itself says nothing. */
function literals(answer: Answer | undefined, symbols: SymbolTable): WireObject {
  const outputs = { ...answer?.added, id: answer?.id };
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([, v]) => typeof v === "string" && v !== UNKNOWN_VALUE && symbols.find(v).length === 0,
    ),
  );
}

function markSecrets(object: WireObject, names: readonly string[]): WireObject {
  if (names.length === 0) return object;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      names.includes(key) && !(isWireObject(value) && SIGNATURE in value) ? secret(value) : value,
    ]),
  );
}
