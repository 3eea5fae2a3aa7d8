/**
 * Puts something into a map as its newest, whether it was there or not. Of the others only so many
 * stay: what was put there longest ago goes first.
 */
export function putNewest<Key, Value>(
	map: Map<Key, Value>,
	key: Key,
	value: Value,
	countMax: number,
): void {
	map.delete(key);
	map.set(key, value);
	if (map.size <= countMax) return;
	for (const oldest of map.keys()) {
		map.delete(oldest);
		return;
	}
}
