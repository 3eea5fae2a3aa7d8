/** Of lib0's buffer what Yjs needs: the rest is base64 in two ways. */

/** A copy of its own. */
export function copyUint8Array(bytes: Uint8Array): Uint8Array {
	return bytes.slice();
}
