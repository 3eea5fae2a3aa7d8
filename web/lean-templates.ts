/** Templates as every visitor loads them: what indents their lines is for who reads the source. */
import type { Plugin } from "vite";

/**
 * Takes the tabs off the beginning of lines. In a template they are white space beside white space,
 * which nobody sees; elsewhere the compiler drops them anyway.
 */
export function leanTemplates(): Plugin {
	return {
		name: "weft-lean-templates",
		enforce: "pre",
		transform: {
			filter: { id: /\/web\/.*\.ts$/ },
			handler: (code) => code.replace(/\n\t+/g, "\n"),
		},
	};
}
