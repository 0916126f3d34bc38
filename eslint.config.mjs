import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "test/foreign/**", "test/packaging/consumers/**", "**/*.js", "**/*.mjs", "**/*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: "./tsconfig.test.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/strict-boolean-expressions": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-extraneous-class": ["error", { allowStaticOnly: true, allowConstructorOnly: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "no-restricted-syntax": [
        "error",
        { selector: "Literal[value=/arn:aws:/]", message: "Take the partition from the provider: GovCloud and China have another one." },
        { selector: "TemplateElement[value.raw=/arn:aws:/]", message: "Take the partition from the provider: GovCloud and China have another one." },
      ],
    },
  },
  {
    files: ["infra/**", "constructs/**", "blueprint/**", "plan/**", "policies/**", "report/**"],
    rules: {
      "no-restricted-imports": "off",
    },
  },
  {
    // Tests and examples show literal ARNs, and assert on shapes that no type describes.
    files: ["test/**", "examples/**", "bench/**", "policies/rules/**", "program.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
);
