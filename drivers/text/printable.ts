/**
 * Text as a device may get it: composed (a letter and its mark in one character), and without control characters. An item
 * name that held an escape sequence would otherwise be a command, a drawer pulse for instance.
 */
export const printable = (text: string): string => {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
	const clean = /[\u0000-\u001f\u007f-\u009f]/.test(text) ? text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ") : text;
	return clean.normalize("NFC");
};
