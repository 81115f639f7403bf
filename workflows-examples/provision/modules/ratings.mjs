import { found } from '@shop/replies';

/**
 * @param {Request} request
 * @returns {Reply}
 */
export function handle(request) {
  const stars = String(request.query.stars ?? '').split(',').map(Number).filter((each) => each >= 1 && each <= 5);
  const mean = stars.reduce((sum, each) => sum + each, 0) / Math.max(1, stars.length);
  return found({ count: stars.length, mean: Math.round(mean * 10) / 10 });
}
