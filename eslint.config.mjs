import jsdoc from "eslint-plugin-jsdoc";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** The rooms of the package, and its front door. */
const ROOMS = ["core", "infra", "constructs", "blueprint", "plan", "policies", "cost", "report", "tunnel", "cli"].map(
  (room) => `${room}/**/*.ts`,
);
const SOURCES = ["index.ts", ...ROOMS];

const PARTITION = "Take the partition from the provider: GovCloud and China have another one.";
// An ARN in single quotes is an example in a message.
const NO_PARTITION_LITERAL = [
  { selector: "Literal[value=/(^|[^'])arn:aws:/]", message: PARTITION },
  { selector: "TemplateElement[value.raw=/(^|[^'])arn:aws:/]", message: PARTITION },
];
const NO_BARE_ERROR = {
  selector: "ThrowStatement > NewExpression[callee.name='Error']",
  message: "Throw InputError or UserError for what a person can mend, DefectError for what only we can (core/issue).",
};

export default defineConfig(
  { ignores: ["dist/**", "coverage/**", "test/foreign/**", "test/packaging/consumers/**", "bench/programs/**"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.test.json", tsconfigRootDir: import.meta.dirname } },
    linterOptions: { noInlineConfig: true },
    rules: {
      "@typescript-eslint/strict-boolean-expressions": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // `typeof import("...")` is how a module that is loaded late is typed.
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports", disallowTypeAnnotations: false },
      ],
      // What is loaded late is required within the function: native import() throws in jest. The architecture test reads
      // these imports too.
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-extraneous-class": ["error", { allowStaticOnly: true, allowConstructorOnly: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: SOURCES,
    plugins: { jsdoc },
    settings: { jsdoc: { mode: "typescript" } },
    rules: {
      "no-restricted-syntax": ["error", ...NO_PARTITION_LITERAL, NO_BARE_ERROR],
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          enableFixer: false,
          checkConstructors: false,
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
          contexts: ["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSEnumDeclaration", "VariableDeclaration"],
        },
      ],
      "jsdoc/check-tag-names": ["error", { definedTags: ["default"] }],
      "jsdoc/no-types": "error",
    },
  },
  {
    // The examples of rules are other people's programs.
    files: ["policies/rules/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", NO_BARE_ERROR] },
  },
  {
    files: ["scripts/**/*.mjs", "*.mjs", "*.js"],
    languageOptions: { ecmaVersion: 2024 },
    rules: { "no-unused-vars": "error", eqeqeq: "error", "prefer-const": "error" },
  },
);
