/**
 * Yjs with one encoding. It has two; we speak the first, and take along the second for what waits
 * inside of it for updates that are still missing. With the first in its place nothing that leaves
 * a doc is different, and a first load is 1.3 KiB less.
 */
import type { Plugin } from "vite";

/** The four classes of the second encoding, each from its first line to its last. */
const secondEncoding = /^class (\w+)V2(?: extends \w+)? \{\n.*?^\}$/gms;
const classCount = 4;

/**
 * Types of XML, which no surface has, each from its first line to its last. A room of another
 * program may: they are held and handed on as they came, and nobody here reads them.
 */
const xmlType = /^class (YXml\w+)(?: extends \w+)? \{\n.*?^\}$/gms;

const leanXml: Readonly<Record<string, string>> = {
	YXmlTreeWalker: "",
	YXmlFragment: `class YXmlFragment extends AbstractType {
	constructor(name) { super(); this.nodeName = name; }
	get _typeRef() { return YXmlFragmentRefID; }
	_copy() { return new this.constructor(this.nodeName); }
	_callObserver(transaction) {
		callTypeObservers(this, transaction, new YEvent(this, transaction));
	}
	_write(encoder) {
		encoder.writeTypeRef(this._typeRef);
		if (this.nodeName !== undefined) encoder.writeKey(this.nodeName);
	}
}`,
	YXmlElement:
		"class YXmlElement extends YXmlFragment { get _typeRef() { return YXmlElementRefID; } }",
	YXmlEvent: "class YXmlEvent extends YEvent {}",
	YXmlHook: "class YXmlHook extends YXmlFragment { get _typeRef() { return YXmlHookRefID; } }",
	YXmlText: "class YXmlText extends YXmlFragment { get _typeRef() { return YXmlTextRefID; } }",
};

/** Bundles it so. */
export function leanYjs(): Plugin {
	return {
		name: "weft-lean-yjs",
		transform: {
			filter: { id: /\/yjs\/dist\/yjs\.mjs$/ },
			handler: (code) => withoutXml(withOneEncoding(code)),
		},
	};
}

/** @throws Error where this is not the Yjs that it was written for */
export function withOneEncoding(code: string): string {
	const found = code.match(secondEncoding)?.length ?? 0;
	if (found !== classCount) throw new Error(`Yjs has ${found} classes of its second encoding`);
	return code.replace(secondEncoding, "const $1V2 = $1V1;");
}

/** @throws Error where this is not the Yjs that it was written for */
export function withoutXml(code: string): string {
	const left = new Map(Object.entries(leanXml));
	const lean = code.replace(xmlType, (whole, name: string) => {
		const ours = left.get(name);
		left.delete(name);
		return ours ?? whole;
	});
	if (left.size > 0) throw new Error(`Yjs has no ${[...left.keys()].join(" and ")}`);
	return lean;
}
