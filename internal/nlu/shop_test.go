package nlu_test

import "github.com/xiaoer-cs/xiaoer/internal/nlu"

// shop is a small catalogue for tests.
type shop struct{}

// Products are the shop's products.
func (shop) Products() []nlu.CatalogueItem {
	return []nlu.CatalogueItem{
		{ID: "p-shoe", Names: []string{"云步缓震跑鞋", "Cloudstep Running Shoes", "YB-2041"}},
		{ID: "p-thermos", Names: []string{"恒温真空保温杯", "Steel Thermos", "BW-500"}},
		{ID: "p-cooker", Names: []string{"小火慢炖电饭煲", "Slow Rice Cooker"}},
		{ID: "p-coffee", Names: []string{"晨光意式咖啡机", "Dawn Espresso Coffee Machine"}},
		{ID: "p-lamp", Names: []string{"护眼阅读台灯", "Reading Desk Lamp"}},
		{ID: "p-bag", Names: []string{"山野双肩背包", "Highland Backpack 25L"}},
		{ID: "p-mug", Names: []string{"手作陶瓷马克杯", "Handmade Ceramic Mug"}},
		{ID: "p-jacket", Names: []string{"轻羽防风外套", "Feather Windbreaker Jacket"}},
	}
}

// Stores are the shop's stores.
func (shop) Stores() []nlu.CatalogueItem {
	return []nlu.CatalogueItem{
		{ID: "s-xihu", Names: []string{"杭州西湖店", "Hangzhou West Lake Store"}},
		{ID: "s-jingan", Names: []string{"上海静安寺店", "Shanghai Jing'an Store"}},
		{ID: "s-chaoyang", Names: []string{"北京朝阳大悦城店", "Beijing Chaoyang Store"}},
	}
}

// engine is an Engine as the shop would have it.
func engine() *nlu.Engine {
	e := nlu.New(nlu.Shipped())
	e.SetCatalogue(shop{})
	return e
}
