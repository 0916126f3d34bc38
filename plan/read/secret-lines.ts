import type { PlannedResource } from "../model/index.js";
import { isPlannedObject, joinPath } from "../model/values.js";
import { isSecretType, itemPath, parseFileUrn, SECRET_PATHS } from "./kubernetes/objects.js";
import type { TextSpan } from "./model.js";
import { HIDDEN } from "./model.js";
import type { SourceText } from "./source-text.js";

/** Shows lines of a text, with the content of its Secrets hidden and every column kept. */
export class SecretLines {
  #spans: readonly TextSpan[] | undefined;

  /**
   * @param resources All objects of the text, those too that a later input overrides.
   */
  constructor(
    private readonly source: SourceText,
    private readonly resources: readonly PlannedResource[],
  ) {}

  /** A line without its end; `undefined` when there is none of this number. */
  line(line: number): string | undefined {
    const span = this.source.lines.span(line);
    if (span === undefined) return undefined;
    this.#spans ??= this.#secretSpans();
    let [shown, at] = ["", span.start];
    for (const { start, end } of this.#spans) {
      if (end <= at || start >= span.end) continue;
      const [from, to] = [Math.max(at, start), Math.min(end, span.end)];
      shown += this.source.text.slice(at, from) + HIDDEN.repeat(to - from);
      at = to;
    }
    return shown + this.source.text.slice(at, span.end);
  }

  #secretSpans(): readonly TextSpan[] {
    const spans = this.resources.filter((r) => isSecretType(r.type)).flatMap((r) => this.#spansOf(r));
    return spans.sort((a, b) => a.start - b.start);
  }

  #spansOf(resource: PlannedResource): readonly TextSpan[] {
    const place = parseFileUrn(resource.urn);
    if (place === undefined) return [];
    const { inputs } = resource;
    return SECRET_PATHS.flatMap((path) => {
      const map = inputs[path];
      const keys = isPlannedObject(map) ? Object.keys(map).map((key) => joinPath(path, key)) : [path];
      return keys.flatMap((key) => {
        const found = this.source.place(place.document, [itemPath(place.items), key].filter((p) => p !== "").join("."));
        if (found === undefined) return [{ start: 0, end: this.source.text.length }];
        // What is there, and where nobody can say, is somewhere in what it stands in.
        return found.exact || isPlannedObject(map) ? [found.value] : [];
      });
    });
  }
}
