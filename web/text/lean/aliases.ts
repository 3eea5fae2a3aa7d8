/** Which packages the bundler replaces; the app and the tests' pages are built alike. */
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** Vite's `resolve.alias` for everything that bundles Quill. */
export const leanAliases = {
	"lodash-es": here("./lodash.ts"),
	"lodash.clonedeep": here("./clone-deep.ts"),
	"lodash.isequal": here("./is-equal.ts"),
};
