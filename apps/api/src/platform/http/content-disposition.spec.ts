import { contentDisposition } from './content-disposition.ts';

it.each([
  ['model.json', `attachment; filename="model.json"; filename*=UTF-8''model.json`],
  ['报告 1.pdf', `attachment; filename="___1.pdf"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.pdf`],
  [`a"; filename="b'(*)!.txt`, `attachment; filename="a___filename__b_____.txt"; filename*=UTF-8''a%22%3B%20filename%3D%22b%27%28%2A%29%21.txt`],
])('names %j so that no character of it is read as another part of the header', (name, header) => {
  expect(contentDisposition('attachment', name)).toBe(header);
});
