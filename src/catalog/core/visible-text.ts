/** The pictures of control characters (Unicode, U+2400 to 2421): GS is shown as ␝. */
const PICTURES_AT = 0x2400;
const DELETE = 0x7f;

/**
 * A text that was read or typed, as a terminal may show it. A label can hold anything, and an escape sequence in it would
 * be a command to the terminal: each control character is shown as its picture, one of the second set as a question mark.
 */
export const visibleText = (text: string): string =>
	text.replaceAll(/\p{Cc}/gu, (control) => {
		const code = control.charCodeAt(0);
		if (code > DELETE) return "?";
		return String.fromCharCode(PICTURES_AT + (code === DELETE ? 0x21 : code));
	});
