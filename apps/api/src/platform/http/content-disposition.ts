/** RFC 6266: plain characters for old clients, the true name beside them. */
export function contentDisposition(how: 'attachment' | 'inline', name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  // RFC 8187 takes fewer characters than an address does.
  const whole = encodeURIComponent(name).replaceAll(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
