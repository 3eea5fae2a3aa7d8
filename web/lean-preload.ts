/** Has the build fetch code on demand by `fetchCode`. */
import type { Plugin } from "vite";

const ours = new URL("fetch-code.ts", import.meta.url).pathname;

/** Puts it in the place of what Vite wraps every `import()` in. */
export function leanPreload(): Plugin {
	return {
		name: "weft-lean-preload",
		enforce: "pre",
		load: {
			filter: { id: /^\0vite\/preload-helper\.js$/ },
			handler: () => `export { fetchCode as __vitePreload } from ${JSON.stringify(ours)};`,
		},
	};
}
