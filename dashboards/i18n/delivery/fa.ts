/** What is said around a summary that is sent, and when it could not be. */
export const delivery = {
  'delivery.late': 'با تأخیر: موعد این خلاصه {due} بود.',
  'delivery.test': 'آزمایشی: {subject}',
  'delivery.test.note': 'این پیام، آزمایش برنامهٔ ارسال «{schedule}» است. برای کس دیگری فرستاده نشده است.',
  'delivery.why': 'این پیام را دریافت می‌کنید چون {owner} شما را به برنامهٔ ارسال «{schedule}» اضافه کرده است.',
  'delivery.unsubscribe': 'لغو اشتراک',
  'delivery.trouble': 'فرستاده نشد: {schedule}',
  'delivery.trouble.made': 'خلاصهٔ برنامهٔ «{schedule}» با موعد {due} آماده نشد: {detail}',
  'delivery.trouble.sent': 'خلاصهٔ برنامهٔ «{schedule}» با موعد {due} به {recipient} نرسید: {detail}',
  'delivery.trouble.unsure': 'معلوم نیست خلاصهٔ برنامهٔ «{schedule}» با موعد {due} به {recipient} رسیده باشد: {detail}',
  'delivery.trouble.look': 'برای دیدن آنچه پیش آمد و تلاش دوباره: {address}',
  'unsubscribe.title': 'لغو اشتراک',
  'unsubscribe.ask': 'خلاصه‌های «{schedule}» برای {address} فرستاده می‌شود. دیگر فرستاده نشود؟',
  'unsubscribe.do': 'توقف ارسال',
  'unsubscribe.done': 'دیگر خلاصهٔ «{schedule}» برای {address} فرستاده نمی‌شود.',
  'unsubscribe.unknown': 'این لینک به هیچ گیرنده‌ای تعلق ندارد. شاید آن برنامه حذف شده باشد.',
};
