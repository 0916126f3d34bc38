import type { Cursor } from "../../../plan/world/index.js";
import type { Verdict } from "../../model.js";
import type { ObjectView, RuleBody } from "../../shapes.js";
import { labelOf, onKubernetes } from "../../shapes.js";
import { notApplicable, unknown } from "../../verdicts.js";
import { BINDING_TYPES } from "./bindings.js";

/** Judges each subject of each binding of both kinds. */
export function onSubjects(check: (view: ObjectView, subject: Cursor) => Verdict): RuleBody {
  return onKubernetes(BINDING_TYPES, (view) => {
    const subjects = view.root.at("subjects");
    if (subjects.isUnknown) return unknown(subjects, whoIsUndecided(view));
    const verdicts = subjects.items().map((subject) => check(view, subject));
    return verdicts.length === 0 ? notApplicable("it binds nobody") : verdicts;
  });
}

/** For messages: nobody can tell whom a binding gives rights. */
export function whoIsUndecided({ object }: ObjectView): string {
  return `whom ${labelOf(object)} gives rights is not known before the deployment`;
}
