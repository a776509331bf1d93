import type { wall as english } from './en';

export const wall: Record<keyof typeof english, string> = {
  'wall.title': 'Պատի էկրան',
  'wall.open': 'Ցույց տալ պատի էկրանին',
  'wall.all': 'Բոլոր վահանակները պատի էկրանին',
  'wall.leave': 'Դուրս գալ պատի էկրանից',
  'wall.previous': 'Նախորդ գծապատկերները',
  'wall.next': 'Հաջորդ գծապատկերները',
  'wall.pause': 'Կանգնեցնել փոփոխումը',
  'wall.go-on': 'Շարունակել փոփոխումը',
  'wall.full': 'Ամբողջ էկրանով',
  'wall.sheet': '{at} / {all}',
  'wall.offline': 'Սերվերը չի պատասխանում. թվերն առ {at} են։',
};
