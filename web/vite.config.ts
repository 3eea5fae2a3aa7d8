/** How the app is bundled: hashed files that a strict CSP can serve as they are. */
import { defineConfig } from "vite";
import { filesBeside, groups } from "./chunks.ts";
import { leanPreload } from "./lean-preload.ts";
import { leanTemplates } from "./lean-templates.ts";
import { leanSyncAliases } from "./sync/lean/aliases.ts";
import { leanYjs } from "./sync/lean/yjs.ts";
import { leanAliases } from "./text/lean/aliases.ts";
import { leanQuill } from "./text/lean/quill.ts";
import { precache, workerEntries } from "./worker/precache.ts";

/** Files that others ask for by their address: browsers, and pages of other people. */
const namedEntries: Readonly<Record<string, string>> = {
	...workerEntries,
	embed: "embed/element.ts",
};

export default defineConfig({
	// Two copies of Yjs do not know each other's types: documents then break without a word.
	resolve: {
		dedupe: ["yjs", "lib0", "y-protocols"],
		alias: { ...leanAliases, ...leanSyncAliases },
	},
	// Only the page names the path that it is served below (server/http/pages.ts).
	experimental: {
		renderBuiltUrl: (name, { hostType }) => (hostType === "html" ? `/${name}` : { relative: true }),
	},
	plugins: [leanPreload(), leanYjs(), leanQuill(), leanTemplates(), precache()],
	build: {
		outDir: "../dist/web",
		emptyOutDir: true,
		// Tells the server which files a page begins with (server/http/first-files.ts).
		manifest: "first-files.json",
		// Inlined files would be data: URLs, and the polyfill an inline script.
		assetsInlineLimit: 0,
		modulePreload: {
			polyfill: false,
			resolveDependencies: (wanted, files, { hostType }) =>
				hostType === "html" ? files : filesBeside(wanted, files),
		},
		reportCompressedSize: false,
		rolldownOptions: {
			input: { index: "index.html", ...namedEntries },
			optimization: { inlineConst: { mode: "all", pass: 3 } },
			// To read a property, or a global that every browser has, does nothing else.
			treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
			output: {
				entryFileNames: ({ name }) =>
					Object.hasOwn(namedEntries, name) ? "[name].js" : "assets/[name]-[hash].js",
				// What every room needs, in one file: over a slow line each file is a wait of its own.
				codeSplitting: { groups: groups() },
			},
		},
	},
});
