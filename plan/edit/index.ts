/** Mechanical changes of objects in the text of files, which leave everything else as it stands. */
export { editText } from "./edit-text.js";
export type { EditedText, ObjectEdits } from "./edit-text.js";
export type { Edit } from "./edit.js";
export type { Data } from "./render.js";
