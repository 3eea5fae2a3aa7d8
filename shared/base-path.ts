/**
 * The path under which an app is served, with a slash at both ends: `/` or `/weft/`.
 *
 * Takes it with or without them, as people and meta tags write it.
 */
export function cleanBase(path: string): string {
	const inner = path.replace(/^\/+|\/+$/g, "");
	return inner === "" ? "/" : `/${inner}/`;
}

/**
 * A path as it is below a base: `/weft/api/me` is `/api/me` below `/weft/`. Any other path stays:
 * a proxy may have taken the base off.
 */
export function belowBase(path: string, base: string): string {
	if (path.startsWith(base)) return path.slice(base.length - 1);
	// The base itself, where nobody wrote its last slash.
	const bare = base.slice(0, -1);
	if (path === bare || path.startsWith(`${bare}?`)) return `/${path.slice(bare.length)}`;
	return path;
}
