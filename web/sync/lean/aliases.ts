/**
 * Which parts of lib0 the bundler replaces: what Yjs takes along for Node, for other tabs and for
 * coloured logs weighs 3 KiB of the first load.
 */
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** Vite's `resolve.alias` for everything that bundles Yjs. */
export const leanSyncAliases = {
	"lib0/broadcastchannel": here("./broadcast.ts"),
	"lib0/buffer": here("./buffer.ts"),
	"lib0/environment": here("./environment.ts"),
	"lib0/logging": here("./logging.ts"),
};
