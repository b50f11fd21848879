import { fileNameOf, isShownImage, MEDIA_TYPE_BYTES, mediaTypeOf } from './attached-file.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('the type of a file', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0\0\r', 'image/png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF\0\x01', 'image/jpeg'],
    ['GIF87a\x01\0\x01\0\0\0', 'image/gif'],
    ['GIF89a\x01\0\x01\0\0\0', 'image/gif'],
    ['RIFF\x24\0\0\0WEBP', 'image/webp'],
  ])('%j is %s, which is shown', (head, type) => {
    expect(head).toHaveLength(MEDIA_TYPE_BYTES);
    expect(mediaTypeOf(bytes(head))).toBe(type);
    expect(isShownImage(type)).toBe(true);
  });

  it.each([
    '<svg xmlns=',
    '<!DOCTYPE ht',
    '%PDF-1.7\n%\xe2\xe3',
    'RIFF\x24\0\0\0WAVE',
    'GIF88a\x01\0\x01\0\0\0',
    '\x89PNG',
    'GIF8',
    '',
    ' \x89PNG\r\n\x1a\n\0\0\0',
  ])('%j is bytes, which are not', (head) => {
    expect(mediaTypeOf(bytes(head))).toBe('application/octet-stream');
    expect(isShownImage(mediaTypeOf(bytes(head)))).toBe(false);
  });
});

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['C:\\fakepath\\报告.pdf', '报告.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['/a/b/', ''],
    ['..', ''],
    ['a/..', ''],
    ['.gitignore', '.gitignore'],
    ['e\u0301.txt', '\u00e9.txt'],
    ['  spaced name .txt ', 'spaced name .txt'],
  ])('%j becomes %j', (sent, name) => {
    expect(fileNameOf(sent)).toBe(name);
  });
});
